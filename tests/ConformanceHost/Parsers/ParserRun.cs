using System.Text.Json.Nodes;

namespace Twisted.Conformance.Parsers;

/// <summary>Runs one case: makes the receiver, applies the transport's rules, writes down what happens.</summary>
internal sealed class ParserRun
{
    // A protocol that pauses in each message is resumed once for each; the limit only ends one that never stops.
    private const int MostResumes = 10_000;

    private readonly Transcript _transcript = new();
    private readonly RecordingTransport _transport;
    private readonly IProtocol _protocol;
    private bool _hasRaised;

    private ParserRun(string name, CaseOptions options)
    {
        _transport = new RecordingTransport(_transcript);
        _protocol = Receivers.Make(name, _transcript, options);
    }

    internal static JsonObject Answer(JsonObject request)
    {
        JsonNode? id = request["id"]?.DeepClone();
        string name = (string?)request["proto"] ?? "";
        if (name == IrcMessages.Name)
            return IrcMessages.Answer(id, CaseData.Bytes(request["data"]!));
        if (!Receivers.Names.Contains(name))
            return Refuse(id, $"unknown proto: {name}");
        var options = new CaseOptions(request["opts"] as JsonObject ?? []);
        var run = new ParserRun(name, options);
        JsonObject end = run.Play(CaseData.Cut(CaseData.Bytes(request["data"]!), request["chunks"]));
        return new JsonObject
        {
            ["id"] = id,
            ["events"] = run._transcript.Events,
            ["end"] = end,
            ["info"] = new JsonObject(),
        };
    }

    internal static JsonObject Refuse(JsonNode? id, string error) => new()
    {
        ["id"] = id,
        ["events"] = new JsonArray(),
        ["end"] = new JsonObject(),
        ["info"] = new JsonObject(),
        ["error"] = error,
    };

    private JsonObject Play(IEnumerable<byte[]> chunks)
    {
        try
        {
            _protocol.MakeConnection(_transport);
            int index = 0;
            foreach (byte[] chunk in chunks)
            {
                Settle();
                if (_hasRaised || _transport.IsDisconnecting)
                    break;
                _transcript.Chunk = index++;
                Guard(() => _protocol.DataReceived(chunk));
            }
            Settle();
        }
        catch (TranscriptFullException)
        {
            return [];
        }
        var end = new JsonObject
        {
            ["closed"] = _hasRaised ? "raise" : _transport.IsDisconnecting ? "local" : "no",
        };
        if (_protocol is NetstringReceiver netstrings)
            end["brokenPeer"] = netstrings.BrokenPeer ? 1 : 0;
        return end;
    }

    /// <summary>What a reactor does with a connection that paused itself: sooner or later it is resumed.</summary>
    private void Settle()
    {
        for (int n = 0; n < MostResumes && _transport.IsPaused && !_hasRaised && !_transport.IsDisconnecting; n++)
            Guard(() => ((IPushProducer)_protocol).ResumeProducing());
    }

    private void Guard(Action callback)
    {
        try
        {
            callback();
        }
        catch (Exception e) when (e is not TranscriptFullException)
        {
            _transcript.Add("raise", e.GetType().Name);
            _hasRaised = true;
        }
    }
}
