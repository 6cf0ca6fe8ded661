using System.Diagnostics.CodeAnalysis;

namespace Twisted.Daemon;

/// <summary>Whether this build of the tool can load plugins.</summary>
internal static class PluginSupport
{
    /// <summary>
    /// True, except in a trimmed build, which has to set the switch to false: it has the tool's own servers only.
    /// </summary>
    [FeatureSwitchDefinition("Twisted.Daemon.Plugins.IsSupported")]
    [FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))]
#pragma warning disable IL4000 // a trimmer takes the value of the switch, not this code
    internal static bool IsSupported =>
        !AppContext.TryGetSwitch("Twisted.Daemon.Plugins.IsSupported", out bool isSupported) || isSupported;
#pragma warning restore IL4000
}
