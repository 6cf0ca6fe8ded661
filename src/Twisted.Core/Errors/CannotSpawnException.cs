namespace Twisted.Internet;

/// <summary>A process could not be started: there is none.</summary>
/// <remarks>Twisted starts a child that then fails to run the program and ends with exit code 1.</remarks>
public sealed class CannotSpawnException : IOException
{
    /// <summary>Without what is known of it.</summary>
    public CannotSpawnException() : base("Couldn't start the process.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public CannotSpawnException(string message, Exception? inner = null) : base(message, inner) { }
}
