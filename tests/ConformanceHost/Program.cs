using Twisted.Conformance;
using Twisted.Conformance.Parsers;

// One verb for each kind of comparison with Twisted itself; each answers JSON lines on stdout.
return args switch
{
    ["parsers"] => ParserHost.Run(Console.In, Console.Out),
    ["reactor", .. string[] options] => ReactorHost.Run(options, Console.Out, Console.Error),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: conformance-host parsers < cases.jsonl > answers.jsonl
               conformance-host reactor [--reactor NAME] [SCENARIO ...]
        """);
    return 2;
}
