# Everything in one container, for one machine: ./vedette up. From the root of the project, after mvn package:
#   docker build -f deploy/images/standalone.Dockerfile -t vedette-standalone:0.1.0 .
#   docker run --network host --volume vedette:/data vedette-standalone:0.1.0
# It listens on 127.0.0.1, as ./vedette does, so it shares the host's network.
FROM eclipse-temurin:17-jre

# Postgres asks passwd who it is.
RUN groupadd --gid 10001 vedette \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin vedette \
 && mkdir /data && chown vedette:vedette /data

COPY standalone/target/lib/ /opt/vedette/standalone/target/lib/
COPY api-service/target/quarkus-app/ /opt/vedette/api-service/target/quarkus-app/
COPY trainer-worker/target/quarkus-app/ /opt/vedette/trainer-worker/target/quarkus-app/
COPY evaluator-worker/target/quarkus-app/ /opt/vedette/evaluator-worker/target/quarkus-app/
COPY inference-service/target/quarkus-app/ /opt/vedette/inference-service/target/quarkus-app/
COPY standalone/target/vedette-standalone.jar /opt/vedette/standalone/target/

ENV VEDETTE_HOME=/data

USER 10001:10001
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=20s --start-period=5m --retries=3 \
    CMD ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-Djava.awt.headless=true", "-Dvedette.root=/opt/vedette", "-cp", "/opt/vedette/standalone/target/vedette-standalone.jar:/opt/vedette/standalone/target/lib/*", "io.vedette.standalone.VedetteCommand", "status"]
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-Djava.awt.headless=true", "-Dvedette.root=/opt/vedette", "-cp", "/opt/vedette/standalone/target/vedette-standalone.jar:/opt/vedette/standalone/target/lib/*", "io.vedette.standalone.VedetteCommand"]
CMD ["up"]

# Last, since they change with every build: nothing above is made anew for them.
ARG VERSION=0.1.0
ARG REVISION=unknown
ARG CREATED=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="Vedette: standalone" \
      org.opencontainers.image.description="All of Vedette on one machine: self-hosted visual inspection behind the Amazon Lookout for Vision API." \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.licenses="Apache-2.0"
