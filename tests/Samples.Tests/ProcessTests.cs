using System.Text;

namespace Samples.Tests;

/// <summary>T6 and T7: a process as a connection, and one in a terminal.</summary>
public class ProcessTests
{
    [Theory]
    [InlineData("sort", "apple\nfig\npear\nsort ended with exit code 0.\n")]
    [InlineData("tac", "fig\napple\npear\ntac ended with exit code 0.\n")]
    [InlineData("false", "false ended with exit code 1.\n")]
    public async Task A_process_reads_the_words_and_its_lines_and_its_end_are_printed(string program, string expected)
    {
        await using RunningProgram sample = RunningProgram.Start(
            Sample("t06_process", program, "pear", "apple", "fig"));
        Assert.Equal(expected, await sample.Succeeds());
    }

    [Fact]
    public async Task A_signal_that_ends_the_process_is_told()
    {
        await using RunningProgram sample = RunningProgram.Start(
            Sample("t06_process", "sh", "echo killed", "kill -KILL $$", "echo not"));
        Assert.Equal("killed\nsh ended with signal 9.\n", await sample.Succeeds());
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_told()
    {
        await using RunningProgram sample = RunningProgram.Start(Sample("t06_process", "no-such-program"));
        await sample.Succeeds(exitCode: 1);
        Assert.Contains("Couldn't run no-such-program: ", sample.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shell_has_a_terminal_of_that_size_and_its_exit_code_is_ours()
    {
        await using RunningProgram sample = RunningProgram.Start(Sample("t07_terminal", "101", "37"));
        await sample.Send("stty size; exit 3\n");
        await sample.Line(line => line == "37 101");
        await sample.Succeeds(exitCode: 3);
    }

    [Fact]
    public async Task The_end_of_input_and_a_lot_of_output_come_through_whole()
    {
        byte[] script = Encoding.UTF8.GetBytes("seq 100000\n"); // 0.7 MB for a reader that waits
        await using RunningProgram sample = await RunningProgram.Run(script, Sample("t07_terminal"));
        string output = await sample.Succeeds();
        Assert.Contains("\n1\r\n2\r\n", output, StringComparison.Ordinal);
        Assert.Contains("\n99999\r\n100000\r\n", output, StringComparison.Ordinal);
        Assert.Equal(100_000, output.Split('\n').Count(line => int.TryParse(line, out _)));
    }

    [PeerFact(Peers.Socat)]
    public async Task In_a_terminal_each_key_goes_to_the_shell_also_the_one_that_interrupts()
    {
        string command = string.Join(' ', Sample("t07_terminal"));
        await using RunningProgram socat = RunningProgram.Start(
            Peers.Socat, "-", $"EXEC:{command},pty,raw,echo=0,setsid");
        await socat.Send("sh -c 'echo ready; exec sleep 60'\n");
        await socat.Line(line => line == "ready");
        await socat.Send("\x03");
        await socat.Send("echo $((6 * 7)); exit\n");
        await socat.Line(line => line.EndsWith("42", StringComparison.Ordinal)); // perhaps with the prompt
        await socat.Exit();
    }
}
