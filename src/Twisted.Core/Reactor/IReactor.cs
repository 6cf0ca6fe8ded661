namespace Twisted.Internet;

/// <summary>What every reactor can do. Ask for the narrowest facet in a constructor, not for this.</summary>
/// <remarks>
/// A facet never gains a member: a new ability is a new facet, asked for with <c>is</c>
/// (<see cref="IReactorUnix"/>, <see cref="IReactorProcess"/> and the rest).
/// </remarks>
public interface IReactor : IReactorCore, IReactorTime, IReactorThreads, IReactorTcp, IReactorUdp;
