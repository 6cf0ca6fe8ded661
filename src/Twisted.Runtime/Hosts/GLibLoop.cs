using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>The main loop of GLib, GTK's and GNOME's. Needs libglib-2.0. Twisted: <c>glib2reactor</c>.</summary>
public sealed partial class GLibLoop : IHostLoop, IDisposable
{
    private const string Library = "libglib-2.0.so.0";

    private readonly nint _context;
    private readonly nint _loop;
    private bool _disposed;

    /// <summary>A main loop.</summary>
    /// <param name="ofItsOwn">
    /// False: over GLib's default main context, GTK's. True: over a new one, for a second loop in the process.
    /// </param>
    /// <exception cref="DllNotFoundException">GLib is not installed.</exception>
    public GLibLoop(bool ofItsOwn = false)
    {
        _context = ofItsOwn ? NewContext() : 0;
        _loop = NewLoop(_context, 0);
    }

    /// <inheritdoc/>
    public unsafe void Post(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        nint source = NewIdleSource();
        SetPriority(source, 0); // that of any event: idle work would wait for silence
        SetCallback(source, &Call, GCHandle.ToIntPtr(GCHandle.Alloc(callback)), &Forget);
        _ = Attach(source, _context);
        Unreference(source);
    }

    /// <inheritdoc/>
    public void Run() => RunLoop(_loop);

    /// <inheritdoc/>
    public void Quit() => QuitLoop(_loop);

    /// <summary>Frees the loop; not while it runs.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        UnreferenceLoop(_loop);
        if (_context != 0)
            UnreferenceContext(_context);
    }

    /// <returns>0: the source is done (G_SOURCE_REMOVE).</returns>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Call(nint state)
    {
        ((Action)GCHandle.FromIntPtr(state).Target!)();
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Forget(nint state) => GCHandle.FromIntPtr(state).Free();

    [LibraryImport(Library, EntryPoint = "g_main_context_new")]
    private static partial nint NewContext();

    [LibraryImport(Library, EntryPoint = "g_main_context_unref")]
    private static partial void UnreferenceContext(nint context);

    [LibraryImport(Library, EntryPoint = "g_main_loop_new")]
    private static partial nint NewLoop(nint context, int isRunning);

    [LibraryImport(Library, EntryPoint = "g_main_loop_run")]
    private static partial void RunLoop(nint loop);

    [LibraryImport(Library, EntryPoint = "g_main_loop_quit")]
    private static partial void QuitLoop(nint loop);

    [LibraryImport(Library, EntryPoint = "g_main_loop_unref")]
    private static partial void UnreferenceLoop(nint loop);

    [LibraryImport(Library, EntryPoint = "g_idle_source_new")]
    private static partial nint NewIdleSource();

    [LibraryImport(Library, EntryPoint = "g_source_set_priority")]
    private static partial void SetPriority(nint source, int priority);

    [LibraryImport(Library, EntryPoint = "g_source_set_callback")]
    private static unsafe partial void SetCallback(nint source, delegate* unmanaged[Cdecl]<nint, int> call, nint state,
        delegate* unmanaged[Cdecl]<nint, void> forget);

    [LibraryImport(Library, EntryPoint = "g_source_attach")]
    private static partial uint Attach(nint source, nint context);

    [LibraryImport(Library, EntryPoint = "g_source_unref")]
    private static partial void Unreference(nint source);
}
