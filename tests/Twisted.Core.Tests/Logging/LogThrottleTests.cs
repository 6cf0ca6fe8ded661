namespace Twisted.Tests;

public class LogThrottleTests
{
    [Fact]
    public void One_in_ten_seconds_is_told_with_the_number_of_all()
    {
        var throttle = new LogThrottle();
        double[] times = [0, 0, 1, 9.999, 10, 10, 25, 26];
        int[] told = [.. times.Select(at => throttle.Count(TimeSpan.FromSeconds(at)))];
        Assert.Equal([1, 0, 0, 0, 4, 0, 2, 0], told);
    }
}
