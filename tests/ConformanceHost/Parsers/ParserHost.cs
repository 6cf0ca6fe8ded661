using System.Text.Json.Nodes;

namespace Twisted.Conformance.Parsers;

/// <summary>The verb "parsers": a case a line in, an answer a line out, in order, flushed each time.</summary>
internal static class ParserHost
{
    internal static int Run(TextReader input, TextWriter output)
    {
        while (input.ReadLine() is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            output.WriteLine(AnswerTo(line).ToJsonString());
            output.Flush();
        }
        return 0;
    }

    private static JsonObject AnswerTo(string line)
    {
        JsonNode? id = null;
        try
        {
            JsonObject request = JsonNode.Parse(line)!.AsObject();
            id = request["id"]?.DeepClone();
            return ParserRun.Answer(request);
        }
        catch (Exception e) // a case that makes no sense is answered too: the next line may hold a good one
        {
            return ParserRun.Refuse(id, $"not a case: {e.Message}");
        }
    }
}
