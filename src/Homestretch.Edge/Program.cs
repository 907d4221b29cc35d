using Homestretch.Edge;

return await Commands.Run(args);
