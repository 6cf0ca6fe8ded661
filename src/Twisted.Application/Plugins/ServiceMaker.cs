using System.Diagnostics.CodeAnalysis;

namespace Twisted.Application.Plugins;

/// <summary>Makes what a sub-command of <c>twistd</c> runs, from a record of its options.</summary>
/// <typeparam name="TOptions">
/// A record: each property with <see cref="OptionAttribute"/> is an option, its initial value the default.
/// </typeparam>
public abstract class ServiceMaker<[DynamicallyAccessedMembers(
    DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)]
TOptions> : IServiceMaker
    where TOptions : class, new()
{
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)]
    Type IServiceMaker.OptionsType => typeof(TOptions);

    object IServiceMaker.MakeOptions() => MakeOptions();

    /// <summary>
    /// The options before the command line says anything; a new record unless overridden, by makers that share a record
    /// and differ in its defaults.
    /// </summary>
    protected virtual TOptions MakeOptions() => new();

    /// <inheritdoc cref="IServiceMaker.MakeService"/>
    public abstract IService MakeService(TOptions options, IApplicationContext application);

    IService IServiceMaker.MakeService(object options, IApplicationContext application) =>
        MakeService((TOptions)options, application);
}
