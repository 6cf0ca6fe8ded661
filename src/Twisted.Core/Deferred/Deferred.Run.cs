namespace Twisted;

// How a chain runs: iterative, whatever its length and however deep Deferreds wait for Deferreds.
public partial class Deferred
{
    /// <summary>Adds a link to the chain's end and runs it when the chain has a result.</summary>
    internal void Append(LinkKind kind, object state, Deferred? target)
    {
        Deferred chain = _root;
        chain.Observe();
        chain.Enqueue(new Link(kind, state, target));
        chain._tail = target;
        if ((chain._flags & (Flags.Fired | Flags.Running)) == Flags.Fired && chain._waitingFor is null)
            Run(chain);
    }

    private void Enqueue(in Link link)
    {
        switch (_added)
        {
            case 0:
                _link0 = link;
                break;
            case 1:
                _link1 = link;
                break;
            default:
                if (_links is null)
                    _links = new Link[4];
                else if (_added - 2 == _links.Length)
                    MakeRoom(_links);
                _links[_added - 2] = link;
                break;
        }
        _added++;
    }

    /// <summary>The array is full: the places of links that have run are used again before it grows.</summary>
    private void MakeRoom(Link[] links)
    {
        int run = _taken - 2;
        if (run < links.Length / 2)
        {
            Array.Resize(ref _links, links.Length * 2);
            return;
        }
        Array.Copy(links, run, links, 0, links.Length - run);
        Array.Clear(links, links.Length - run, run);
        _taken -= run;
        _added -= run;
    }

    private Link Dequeue()
    {
        Link link;
        switch (_taken)
        {
            case 0:
                link = _link0;
                _link0 = default;
                break;
            case 1:
                link = _link1;
                _link1 = default;
                break;
            default:
                link = _links![_taken - 2];
                _links[_taken - 2] = default;
                break;
        }
        if (++_taken == _added)
            _taken = _added = 0;
        return link;
    }

    /// <summary>Runs a chain, and the chains that can go on because of it, one after the other.</summary>
    private protected static void Run(Deferred chain)
    {
        Deferred? current = chain;
        current._flags |= Flags.Running;
        while (current is not null)
        {
            Deferred? released = current.RunLinks();
            if (released is not null)
            {
                // A chain that waited for the current one goes first; then we come back for the rest.
                released._flags |= Flags.Running;
                released._below = current;
                current = released;
                continue;
            }
            current._flags &= ~Flags.Running;
            if (current._failure is not null && (current._flags & Flags.Observed) == 0 && current._waitingFor is null)
                current._sentinel ??= new FailureSentinel(current._failure, current);
            Deferred? below = current._below;
            current._below = null;
            current = below;
        }
    }

    private Deferred? RunLinks()
    {
        while (_waitingFor is null && _taken < _added)
        {
            Link link = Dequeue();
            Deferred? released = link.Kind.Run(this, link);
            if (released is not null)
                return released;
        }
        return null;
    }

    /// <summary>Somebody looks at the result from now on: it is not unhandled.</summary>
    internal void Observe()
    {
        Deferred chain = _root;
        if (chain._sentinel is not null)
        {
            chain._sentinel.Handled();
            chain._sentinel = null;
        }
    }

    // ---- What steps may do to their chain ----

    internal bool HasFailed => _failure is not null;

    internal Exception TakeFailure()
    {
        Exception failure = _failure!;
        _failure = null;
        return failure;
    }

    internal void SetFailure(Exception failure)
    {
        _failure = failure;
        _flags &= ~Flags.Observed;
    }

    /// <summary>The failure stays as the result but counts as handled: it was awaited or tapped.</summary>
    internal void MarkObserved() => _flags |= Flags.Observed;

    internal Deferred? Holder
    {
        get => _holder;
        set => _holder = value;
    }

    internal Deferred? Tail => _root._tail;

    /// <summary>The chain takes the result of another Deferred, now or when it has one.</summary>
    /// <param name="inner">What a callback returned.</param>
    /// <param name="continuation">How its value is moved.</param>
    /// <param name="target">Who holds the value then.</param>
    /// <param name="fits">Whether the inner chain still has the value that <paramref name="target"/> needs.</param>
    internal void Follow(Deferred inner, LinkKind continuation, Deferred? target, bool fits)
    {
        Deferred other = inner._root;
        if (ReferenceEquals(other, this))
            SetFailure(new InvalidOperationException("A callback returned the Deferred that it was added to."));
        else if (!fits)
            SetFailure(StaleView(inner));
        else
        {
            _holder = target;
            _waitingFor = other;
            other.Observe();
            var link = new Link(continuation, this, null);
            if (other.HasResult)
            {
                other._tail = null;
                continuation.Run(other, link);
            }
            else
            {
                other.Enqueue(link);
                other._tail = null;
            }
        }
    }

    /// <summary>
    /// The inner chain's result becomes the result of the chain that waited; the inner one has none left.
    /// </summary>
    internal void HandOver(Deferred waiting)
    {
        waiting._waitingFor = null;
        waiting._failure = _failure;
        waiting._flags &= ~Flags.Observed; // who saw an earlier failure of that chain has not seen this one
        _failure = null;
        _holder = null;
    }

    internal static InvalidOperationException StaleView(Deferred view) => new(
        $"This chain no longer yields {view.ValueTypeName}: a later link has changed its type. "
        + "Use what that link returned.");

    internal static InvalidOperationException ReturnedNull() =>
        new("A callback returned null where a Deferred was promised.");

    /// <summary>For who reads the result at once. A chain whose links are running has one: theirs.</summary>
    internal void EnsureHasResult()
    {
        if ((_flags & Flags.Fired) == 0 || _waitingFor is not null)
            throw new InvalidOperationException(
                "This Deferred has no result yet: await it. Nothing waits for a Deferred by blocking.");
    }

    private protected virtual string ValueTypeName => "a value";
}
