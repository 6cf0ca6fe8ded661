using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>Signals by name and by number.</summary>
public static class ProcessTransportExtensions
{
    extension(IProcessTransport process)
    {
        /// <summary>Sends a signal by its name. Twisted: <c>signalProcess("HUP")</c>.</summary>
        /// <param name="name">"HUP", "STOP", "INT", "KILL" or "TERM".</param>
        /// <exception cref="ProcessExitedAlreadyException">It is gone.</exception>
        public void SignalProcess(string name)
        {
            const int stopOnLinux = 19; // PosixSignal has no name for it
            ArgumentNullException.ThrowIfNull(process);
            switch (name)
            {
                case "KILL":
                    process.Kill();
                    break;
                case "HUP":
                    process.SignalProcess(PosixSignal.SIGHUP);
                    break;
                case "INT":
                    process.SignalProcess(PosixSignal.SIGINT);
                    break;
                case "TERM":
                    process.SignalProcess(PosixSignal.SIGTERM);
                    break;
                case "STOP":
                    process.SignalProcess(stopOnLinux);
                    break;
                default:
                    throw new ArgumentException(
                        $"'{name}' is no signal that is known here. Use HUP, STOP, INT, KILL, TERM, or its number.",
                        nameof(name));
            }
        }

        /// <summary>Sends a signal by the number that the system has for it.</summary>
        /// <param name="number">Its number.</param>
        /// <exception cref="ProcessExitedAlreadyException">It is gone.</exception>
        public void SignalProcess(int number)
        {
            ArgumentNullException.ThrowIfNull(process);
            ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
            process.SignalProcess((PosixSignal)number);
        }

        /// <summary>Kills it, unless it is gone.</summary>
        internal void KillIfAlive()
        {
            try
            {
                process.Kill();
            }
            catch (ProcessExitedAlreadyException)
            {
                // It has ended by itself.
            }
        }
    }
}
