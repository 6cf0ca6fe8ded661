namespace Twisted.Application.Plugins;

/// <summary>
/// The application that a program is: <c>twistd run app.cs</c> runs it. Twisted: the variable <c>application</c> of a
/// <c>.tac</c> file.
/// </summary>
/// <example>
/// <code>return TwistdApplication.Of(application => application.Serve("tcp:7007", new EchoFactory()));</code>
/// </example>
public static class TwistdApplication
{
    /// <summary>Who takes the application, while the tool runs the program; null when nobody does.</summary>
    internal static Action<Func<IApplicationContext, IService>>? Taker { get; set; }

    /// <summary>Says what the program is. Call it once, and return what it returns.</summary>
    /// <param name="make">Makes what is run, when the process is ready for it.</param>
    /// <returns>The program's exit code: 0 when the tool has taken it, 1 when nobody runs it.</returns>
    public static int Of(Func<IApplicationContext, IService> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        if (Taker is not { } taker)
        {
            Console.Error.WriteLine("This program is an application for twistd. Run it so: twistd run FILE");
            return 1;
        }
        taker(make);
        return 0;
    }
}
