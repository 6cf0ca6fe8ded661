using System.Reflection;
using Twisted.Processes;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("Twisted.Tests.PeerTestFramework", "Twisted.Runtime.Tests")]

namespace Twisted.Tests;

/// <summary>Runs tests as xunit does, and skips those of a class whose peers are missing.</summary>
/// <remarks>
/// xunit 2 asks the attribute of each method whether to skip it, and the methods of a contract suite are those of its
/// base class, which knows no peers.
/// </remarks>
public sealed class PeerTestFramework(IMessageSink diagnostics) : XunitTestFramework(diagnostics)
{
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName name, ISourceInformationProvider sources, IMessageSink diagnostics)
        : XunitTestFrameworkExecutor(name, sources, diagnostics)
    {
        protected override void RunTestCases(IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink,
            ITestFrameworkExecutionOptions executionOptions) =>
            base.RunTestCases([.. testCases.Select(OrSkipped)], executionMessageSink, executionOptions);

        private IXunitTestCase OrSkipped(IXunitTestCase testCase) =>
            testCase.TestMethod.TestClass.Class.ToRuntimeType().GetCustomAttribute<PeerClassAttribute>()
                is { Skip: { } reason }
                ? new XunitSkippedDataRowTestCase(DiagnosticMessageSink, TestMethodDisplay.ClassAndMethod,
                    TestMethodDisplayOptions.None, testCase.TestMethod, reason, testCase.TestMethodArguments)
                : testCase;
    }
}
