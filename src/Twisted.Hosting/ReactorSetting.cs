namespace Twisted.Hosting;

/// <summary>One change of the reactor's options; each call of AddReactor may bring one.</summary>
internal sealed record ReactorSetting(Func<ReactorOptions, ReactorOptions> Change);
