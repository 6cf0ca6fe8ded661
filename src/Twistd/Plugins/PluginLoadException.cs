namespace Twisted.Daemon;

/// <summary>A plugin that was asked for cannot be had.</summary>
/// <param name="path">Its assembly.</param>
/// <param name="reason">Why.</param>
internal sealed class PluginLoadException(string path, string reason)
    : Exception($"The plugin {path} cannot be loaded: {reason}");
