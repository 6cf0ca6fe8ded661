namespace Twisted.Costs;

/// <summary>
/// Says "ready" and waits for a line of input, then goes through all operations on the reactor thread, which is the
/// process's first. Prints "allocated NAME COUNT BYTES" of each, with tabs, and marks another run of it as a section.
/// </summary>
internal static class OperationsHost
{
    internal static int Run()
    {
        Console.WriteLine("ready");
        Console.ReadLine();
        return Reactor.Run(reactor =>
        {
            // An empty one first, so that what measures has been compiled when it measures the others.
            var all = new Queue<Operation>([Operation.Empty, .. Operations.All(reactor)]);
            var ended = new Deferred();
            MeasureNext();
            return ended;

            void MeasureNext()
            {
                if (all.TryDequeue(out Operation? operation))
                    new Measurement(operation, () => reactor.CallFromThread(MeasureNext)).Begin();
                else
                    ended.Callback();
            }
        });
    }

    /// <summary>Runs an operation to warm up, then to count bytes, then to be stepped through.</summary>
    private sealed class Measurement
    {
        private readonly Operation _operation;
        private readonly Action _done;
        private readonly Action _counted; // made before anything is counted
        private readonly Action _stepped;
        private readonly Section _section;
        private long _before;

        internal Measurement(Operation operation, Action done)
        {
            _operation = operation;
            _done = done;
            _counted = Counted;
            _stepped = Stepped;
            _section = new Section(operation.Name);
        }

        internal void Begin() => _operation.Run(() => _operation.Run(WarmedUp));

        private void WarmedUp()
        {
            _before = GC.GetAllocatedBytesForCurrentThread();
            _operation.Run(_counted);
        }

        private void Counted()
        {
            long bytes = GC.GetAllocatedBytesForCurrentThread() - _before;
            Console.WriteLine($"allocated\t{_operation.Name}\t{_operation.Count}\t{bytes}");
            // After a collection a thread is given memory afresh, 8 KiB at its first object: an operation that needs no
            // more than that is stepped through without the collector.
            GC.Collect();
            GC.KeepAlive(new object());
            _section.Begin();
            _operation.Run(_stepped);
        }

        private void Stepped()
        {
            _section.End();
            _done();
        }
    }
}
