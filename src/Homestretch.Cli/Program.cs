Console.WriteLine("homestretch");
