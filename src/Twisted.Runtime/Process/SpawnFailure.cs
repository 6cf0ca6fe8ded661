namespace Twisted.Internet;

/// <summary>Why a program could not be run.</summary>
internal static class SpawnFailure
{
    /// <summary>The system does not tell whether it has not found the program or its working directory.</summary>
    internal static CannotSpawnException Of(ProcessOptions options, OsFailure failure) =>
        options.WorkingDirectory is { } missing && !Directory.Exists(missing)
            ? new CannotSpawnException(
                $"Couldn't run {options.FileName}: its working directory {missing} does not exist.")
            : FailureText.Spawning(options.FileName, failure);
}
