using System.Diagnostics.CodeAnalysis;

namespace Twisted.Application.Plugins;

/// <summary>
/// Makes what a sub-command of <c>twistd</c> runs. Twisted: <c>IServiceMaker</c>.
/// </summary>
/// <remarks>Plugins derive from <see cref="ServiceMaker{TOptions}"/>.</remarks>
public interface IServiceMaker
{
    /// <summary>The record whose properties with <see cref="OptionAttribute"/> are the options.</summary>
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)]
    Type OptionsType { get; }

    /// <summary>The options before the command line says anything: what their properties hold is the default.</summary>
    /// <returns>A new <see cref="OptionsType"/>, each time: it is written to.</returns>
    object MakeOptions();

    /// <summary>Makes the service; it is not started yet. Twisted: <c>makeService</c>.</summary>
    /// <param name="options">An <see cref="OptionsType"/>, as the command line says.</param>
    /// <param name="application">What it is made for.</param>
    /// <exception cref="FormatException">An option is not what it should be: the text tells the user.</exception>
    IService MakeService(object options, IApplicationContext application);
}
