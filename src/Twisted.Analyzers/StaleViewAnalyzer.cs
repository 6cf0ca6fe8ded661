using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Twisted.Analyzers;

/// <summary>TW0003: a link that takes the value, on a view whose chain has moved on.</summary>
/// <remarks>Every function body is read by itself, top to bottom, by a <see cref="ChainReader"/>.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StaleViewAnalyzer() : TwistedRule(Rules.StaleView)
{
    private protected override void Start(CompilationStartAnalysisContext context, TwistedTypes types) =>
        context.RegisterOperationBlockAction(block => Check(block, types));

    private static void Check(OperationBlockAnalysisContext context, TwistedTypes types)
    {
        foreach (IOperation root in context.OperationBlocks)
        {
            foreach (IOperation operation in root.DescendantsAndSelf())
            {
                IBlockOperation? body = operation switch
                {
                    IAnonymousFunctionOperation lambda => lambda.Body,
                    ILocalFunctionOperation local => local.Body,
                    IMethodBodyOperation program => program.BlockBody, // top-level statements
                    IBlockOperation block when block == root => block,
                    _ => null,
                };
                if (body is not null)
                    new ChainReader(types, context.ReportDiagnostic).Read(body);
            }
        }
    }
}
