namespace Twisted.Application.Plugins;

/// <summary>
/// Says that an assembly has something that <c>twistd</c> can run. Twisted: a <c>ServiceMaker</c> in
/// <c>twisted/plugins</c>.
/// </summary>
/// <remarks>
/// The name and the line of help are read from the assembly's metadata: its code is loaded when its sub-command is run.
/// </remarks>
/// <param name="maker">An <see cref="IServiceMaker"/> that has a constructor without parameters.</param>
/// <param name="name">The sub-command. Twisted: <c>tapname</c>.</param>
/// <param name="description">What it does, in one line.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class TwistdPluginAttribute(Type maker, string name, string description) : Attribute
{
    /// <summary>What makes the service.</summary>
    public Type Maker { get; } = maker;

    /// <summary>The sub-command.</summary>
    public string Name { get; } = name;

    /// <summary>What it does, in one line.</summary>
    public string Description { get; } = description;
}
