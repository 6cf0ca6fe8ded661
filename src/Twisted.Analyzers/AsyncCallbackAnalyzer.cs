using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Twisted.Analyzers;

/// <summary>TW0002: an asynchronous callback becomes an Action, so nothing waits for it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncCallbackAnalyzer() : TwistedRule(Rules.AsyncCallback)
{
    private protected override void Start(CompilationStartAnalysisContext context, TwistedTypes types) =>
        context.RegisterOperationAction(operation => Check(operation, types), OperationKind.DelegateCreation);

    private static void Check(OperationAnalysisContext context, TwistedTypes types)
    {
        var creation = (IDelegateCreationOperation)context.Operation;
        if (creation.Type is INamedTypeSymbol { DelegateInvokeMethod.ReturnsVoid: true }
            && Receiver(creation) is { } receiver
            && TwistedTypes.IsOfTwisted(receiver)
            && IsAsynchronous(creation.Target, types))
            context.ReportDiagnostic(Diagnostic.Create(
                Rules.AsyncCallback, creation.Target.Syntax.GetLocation(),
                receiver is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor
                    ? constructor.ContainingType.Name
                    : receiver.Name,
                creation.Type.ToMinimalDisplayString(creation.SemanticModel!, creation.Syntax.SpanStart)));
    }

    /// <summary>The method, property or event that is given the delegate.</summary>
    private static ISymbol? Receiver(IDelegateCreationOperation creation)
    {
        IOperation? user = creation.Parent;
        while (user is IConversionOperation)
            user = user.Parent;
        return user switch
        {
            IArgumentOperation { Parameter.ContainingSymbol: { } owner } => owner,
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target } => target.Property,
            IEventAssignmentOperation { EventReference: IEventReferenceOperation target } => target.Event,
            _ => null,
        };
    }

    private static bool IsAsynchronous(IOperation target, TwistedTypes types) => target switch
    {
        IAnonymousFunctionOperation lambda => lambda.Symbol.IsAsync || DropsWork(lambda, types),
        IMethodReferenceOperation reference => reference.Method.IsAsync, // another that returns work does not convert
        _ => false,
    };

    /// <summary>
    /// <c>() => StartAsync()</c>: its only expression is the unfinished work. A link is none, here as for CS4014:
    /// <c>() => d.AddCallback(f)</c> starts nothing.
    /// </summary>
    private static bool DropsWork(IAnonymousFunctionOperation lambda, TwistedTypes types) =>
        lambda.Syntax is LambdaExpressionSyntax { ExpressionBody: not null }
        && lambda.Body.Operations.FirstOrDefault() is IExpressionStatementOperation only
        && only.Operation is not IAssignmentOperation // assigned is kept, not dropped
        && types.IsWork(only.Operation.Type)
        && !IsLink(only.Operation, types);

    private static bool IsLink(IOperation operation, TwistedTypes types) => operation switch
    {
        IConditionalAccessOperation conditional => IsLink(conditional.WhenNotNull, types),
        IInvocationOperation call => types.IsDeferredMember(call.TargetMethod) && types.IsDeferred(call.Type),
        _ => false,
    };
}
