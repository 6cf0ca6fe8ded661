using Twisted.Fuzzing;

return FuzzCommand.Run(args, Console.Out);
