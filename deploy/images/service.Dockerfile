# A service without PyTorch: the api. From the root of the project, after mvn package:
#   docker build -f deploy/images/service.Dockerfile --build-arg SERVICE=api-service -t vedette-api:0.1.0 .
FROM eclipse-temurin:17-jre

ARG SERVICE

# With an entry in passwd, for what asks who it is.
RUN groupadd --gid 10001 vedette \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin vedette

# Libraries first: they change seldom.
COPY ${SERVICE}/target/quarkus-app/lib/ /opt/vedette/lib/
COPY ${SERVICE}/target/quarkus-app/quarkus/ /opt/vedette/quarkus/
COPY ${SERVICE}/target/quarkus-app/app/ /opt/vedette/app/
COPY ${SERVICE}/target/quarkus-app/quarkus-run.jar /opt/vedette/

# In a container there is nobody else on 127.0.0.1.
ENV VEDETTE_HOST=0.0.0.0 \
    VEDETTE_MANAGEMENT_PORT=9180 \
    VEDETTE_LOG_JSON=true

USER 10001:10001
WORKDIR /tmp
EXPOSE 8080 9180
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=10s --start-period=5m --retries=6 \
    CMD ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx16m", "-cp", "/opt/vedette/lib/main/*", "io.vedette.runtime.HealthProbe"]
# Half of the container's memory for Java's heap; the rest is threads, buffers, code.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "-XX:MaxDirectMemorySize=256m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Djava.awt.headless=true", "-jar", "/opt/vedette/quarkus-run.jar"]

# Last, since they change with every build: nothing above is made anew for them.
ARG VERSION=0.1.0
ARG REVISION=unknown
ARG CREATED=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="Vedette: ${SERVICE}" \
      org.opencontainers.image.description="A service of Vedette, self-hosted visual inspection behind the Amazon Lookout for Vision API." \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.licenses="Apache-2.0"
