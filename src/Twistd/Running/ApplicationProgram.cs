using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Twisted.Application.Plugins;

namespace Twisted.Daemon;

/// <summary>A program whose application is run: its assembly, with what it needs beside it.</summary>
/// <remarks>It is isolated as a plugin is; the types of Twisted for .NET are the tool's.</remarks>
/// <param name="file">What the user calls it.</param>
/// <param name="assembly">The assembly.</param>
/// <param name="arguments">The program's own.</param>
[RequiresUnreferencedCode("What a program needs is not known when the tool is trimmed.")]
internal sealed class ApplicationProgram(string file, string assembly, string[] arguments) : ServiceMaker<NoOptions>
{
    /// <summary>Runs the program, and makes what it says that it is.</summary>
    /// <exception cref="InvalidDataException">It fails, or is no application.</exception>
    public override IService MakeService(NoOptions options, IApplicationContext application)
    {
        Func<IApplicationContext, IService>? taken = null;
        TwistdApplication.Taker = make => taken = make;
        int exitCode = Run();
        return taken is not null
            ? taken(application)
            : throw new InvalidDataException($"{file} is no application: it ended with exit code {exitCode} and "
                + $"without {nameof(TwistdApplication)}.{nameof(TwistdApplication.Of)}(...).");
    }

    /// <inheritdoc/>
    protected override NoOptions MakeOptions() => new();

    private int Run()
    {
        try
        {
            MethodInfo main = PluginLoadContext.Of(assembly).LoadPlugin().EntryPoint
                ?? throw new BadImageFormatException("It has no entry point.");
            object? result = main.Invoke(null, main.GetParameters().Length == 0 ? [] : [arguments]);
            return result is int exitCode ? exitCode : 0;
        }
        catch (Exception failure)
        {
            Exception cause = (failure as TargetInvocationException)?.InnerException ?? failure;
            throw new InvalidDataException($"{file} failed: {cause.GetType().Name}: {cause.Message}", cause);
        }
    }
}

/// <summary>An application's options are its program's arguments.</summary>
internal sealed record NoOptions;
