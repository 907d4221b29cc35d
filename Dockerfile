# The server in a container. The store and the telemetry history are in /data; HTTP on 8080, for a proxy that ends TLS in front.
# It runs as no root, and writes to /data and /tmp only: start it with --read-only --tmpfs /tmp, as compose.yaml does.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN dotnet publish src/Homestretch.Server -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# LightGBM, which trains the models, is built with OpenMP
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/*
RUN mkdir /data && chown "$APP_UID" /data
WORKDIR /app
COPY --from=build /app .
USER $APP_UID
# The image's own choice of ports is ours to make
ENV ASPNETCORE_HTTP_PORTS= HOMESTRETCH_DATA=/data HOMESTRETCH_URLS=http://*:8080 HOMESTRETCH_BEHIND_PROXY=true
VOLUME /data
EXPOSE 8080 8883
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["dotnet", "Homestretch.Server.dll", "health", "http://127.0.0.1:8080"]
ENTRYPOINT ["dotnet", "Homestretch.Server.dll"]
