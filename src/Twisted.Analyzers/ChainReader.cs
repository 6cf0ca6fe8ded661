using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Twisted.Analyzers;

/// <summary>
/// Reads one function body from top to bottom and reports the links that must throw, because an earlier link on the
/// same local variable has moved the chain on to another type.
/// </summary>
/// <remarks>
/// It only speaks where it is certain. A chain that leaves the function's own sight (captured by a lambda, passed on,
/// stored) is given up for good; one that is touched inside a branch or a loop is unknown after it.
/// </remarks>
internal sealed class ChainReader(TwistedTypes types, Action<Diagnostic> report)
{
    private readonly HashSet<ISymbol> _captured = new(SymbolEqualityComparer.Default);
    private readonly HashSet<int> _escaped = [];
    private int _chainCount;

    internal void Read(IBlockOperation body)
    {
        if (body.Descendants().Any(operation => operation is ILabeledOperation))
            return; // goto: what comes before a statement is not what stands above it
        foreach (IOperation function in body.Descendants().Where(IsFunction))
            _captured.UnionWith(LocalsIn(function));
        Statement(body, ChainState.Nothing);
    }

    private ChainState Statement(IOperation statement, ChainState state)
    {
        switch (statement)
        {
            case IBlockOperation block:
                return block.Operations.Aggregate(state, (at, inner) => Statement(inner, at));
            case IExpressionStatementOperation expression:
                return Evaluate(expression.Operation, state, out _);
            case IReturnOperation { Kind: OperationKind.Return, ReturnedValue: { } value }:
                return Evaluate(value, state, out _);
            case IVariableDeclarationGroupOperation group:
                return group.Declarations.SelectMany(d => d.Declarators).Aggregate(state, Declare);
            case IConditionalOperation or ILoopOperation or IUsingOperation or ILockOperation or ITryOperation:
                return Branching(statement, state);
            case ILocalFunctionOperation:
                return state;
            default:
                GiveUpAll(statement, state);
                return state;
        }
    }

    /// <summary>The branches begin with what is known here; what they touch is unknown after them.</summary>
    private ChainState Branching(IOperation statement, ChainState state)
    {
        IOperation[] bodies = [.. BodiesOf(statement)];
        ChainState atBody = Touched(statement, bodies, state);
        foreach (IOperation body in bodies)
        {
            Statement(body, atBody);
            if (statement is ITryOperation) // where a catch or finally begins, any part of the try may have run
                atBody = Touched(statement, [], state);
        }
        return Touched(statement, [], state);
    }

    private static IEnumerable<IOperation> BodiesOf(IOperation statement) => statement switch
    {
        IConditionalOperation conditional => Present(conditional.WhenTrue, conditional.WhenFalse),
        ILoopOperation loop => Present(loop.Body),
        IUsingOperation use => Present(use.Body),
        ILockOperation guarded => Present(guarded.Body),
        ITryOperation attempt =>
            Present([attempt.Body, .. attempt.Catches.Select(c => c.Handler), attempt.Finally]),
        _ => [],
    };

    private static IEnumerable<IOperation> Present(params IOperation?[] operations) => operations.OfType<IOperation>();

    /// <summary>Forgets what a statement, apart from some of its parts, may have changed.</summary>
    private ChainState Touched(IOperation statement, IOperation[] except, ChainState state)
    {
        foreach (IOperation child in statement.ChildOperations)
        {
            if (except.Contains(child))
                continue;
            bool assigns = child.DescendantsAndSelf().OfType<IAssignmentOperation>().Any(
                assignment => types.IsDeferred(assignment.Target.Type));
            foreach (ILocalSymbol local in LocalsIn(child))
            {
                if (state.ChainOf(local) is not { } chain)
                    continue;
                if (assigns)
                    _escaped.Add(chain);
                state = state.WithTail(chain, null);
            }
        }
        return state;
    }

    private ChainState Declare(ChainState state, IVariableDeclaratorOperation declarator)
    {
        IVariableInitializerOperation? initializer =
            declarator.Initializer ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer;
        if (initializer is null)
            return state;
        state = Evaluate(initializer.Value, state, out int? chain);
        return types.IsDeferred(declarator.Symbol.Type) ? View(state, declarator.Symbol, chain) : state;
    }

    private ChainState View(ChainState state, ILocalSymbol local, int? chain) =>
        state.WithView(local, chain ?? ++_chainCount);

    /// <summary>Reads an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="state">What is known before it.</param>
    /// <param name="chain">The chain that it is a view of, when that is one we follow.</param>
    private ChainState Evaluate(IOperation expression, ChainState state, out int? chain)
    {
        chain = null;
        switch (expression)
        {
            case ILocalReferenceOperation { IsDeclaration: false } reference when types.IsDeferred(reference.Type):
                return Follow(state, reference.Local, out chain);
            case IConversionOperation { OperatorMethod: null } conversion when types.IsDeferred(conversion.Type):
                return Evaluate(conversion.Operand, state, out chain);
            case IInvocationOperation { Instance: { } receiver } call when types.IsDeferredMember(call.TargetMethod):
                return Link(call, receiver, state, out chain);
            case IAwaitOperation wait:
                state = Evaluate(wait.Operation, state, out int? awaited);
                if (awaited is { } ended && types.ValueOf(wait.Operation.Type) is { } value)
                    Check(wait, "await", ended, value, state);
                return state;
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment
                when types.IsDeferred(target.Type):
                state = Evaluate(assignment.Value, state, out chain);
                state = View(state, target.Local, chain);
                chain = state.ChainOf(target.Local);
                return state;
            case ISimpleAssignmentOperation { Target: IDiscardOperation } dropped:
                return Evaluate(dropped.Value, state, out chain);
            default:
                GiveUpAll(expression, state);
                return state;
        }
    }

    private ChainState Follow(ChainState state, ILocalSymbol local, out int? chain)
    {
        chain = state.ChainOf(local);
        if (chain is null)
        {
            chain = ++_chainCount;
            state = state.WithView(local, _chainCount);
        }
        if (_captured.Contains(local))
            _escaped.Add(chain.Value);
        return state;
    }

    private ChainState Link(IInvocationOperation call, IOperation receiver, ChainState state, out int? chain)
    {
        state = Evaluate(receiver, state, out chain);
        foreach (IArgumentOperation argument in call.Arguments)
            GiveUpAll(argument, state);
        if (chain is not { } linked)
            return state;
        if (LinkEffect.TakesValue(call.TargetMethod) && types.ValueOf(call.TargetMethod.ContainingType) is { } value)
            Check(call, call.TargetMethod.Name, linked, value, state);
        if (!types.IsDeferred(call.Type))
            chain = null;
        return state.WithTail(linked, LinkEffect.TailAfter(call.TargetMethod, state.TailOf(linked), types));
    }

    private void Check(IOperation taker, string name, int chain, ITypeSymbol wanted, ChainState state)
    {
        if (!_escaped.Contains(chain) && state.TailOf(chain) is { } tail && tail.IsSurelyNot(wanted))
            report(Diagnostic.Create(
                Rules.StaleView, taker.NameLocation(), name, wanted.ToDisplayString(), tail.Description));
    }

    /// <summary>Others may add links to what this code mentions.</summary>
    private void GiveUpAll(IOperation code, ChainState state)
    {
        foreach (ILocalSymbol local in LocalsIn(code))
        {
            if (state.ChainOf(local) is { } chain)
                _escaped.Add(chain);
            else
                _captured.Add(local);
        }
    }

    private IEnumerable<ILocalSymbol> LocalsIn(IOperation code) =>
        code.DescendantsAndSelf().OfType<ILocalReferenceOperation>()
            .Where(reference => types.IsDeferred(reference.Type))
            .Select(reference => reference.Local);

    private static bool IsFunction(IOperation operation) =>
        operation is IAnonymousFunctionOperation or ILocalFunctionOperation;
}
