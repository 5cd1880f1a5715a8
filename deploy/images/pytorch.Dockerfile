# A service with PyTorch: trainer, evaluator, inference. From the root of the project, after mvn package:
#   docker build -f deploy/images/pytorch.Dockerfile --build-arg SERVICE=trainer-worker -t vedette-trainer:0.1.0 .
# and after mvn package -Pgpu, with the natives for CUDA 12.4 (they need the driver alone, which the container runtime brings):
#   docker build -f deploy/images/pytorch.Dockerfile --build-arg SERVICE=trainer-worker --build-arg FLAVOR=cu124 -t vedette-trainer-cuda:0.1.0 .
FROM eclipse-temurin:17-jdk AS unpacked

ARG SERVICE
ARG FLAVOR=cpu
ARG PYTORCH=2.5.1
ARG DJL=0.32.0
COPY ${SERVICE}/target/quarkus-app/ /opt/vedette/
# The natives are unpacked here and not at every start, and are those of FLAVOR: a build with others fails. Their jar stays,
# without them: Quarkus knows its name. The glue between Java and them lies where DJL looks for it. CUDA's runtime gets the
# name that DJL counts the GPUs with. What needs NVIDIA's driver goes aside: DJL would load it first of all, and so not start
# where there is none; PyTorch itself asks for it when it compiles a kernel. JNA's library is unpacked too: it would want a /tmp that programs may be started from.
WORKDIR /unpacked
RUN jar xf /opt/vedette/lib/main/ai.djl.pytorch.pytorch-native-${FLAVOR}-${PYTORCH}-linux-x86_64.jar \
 && mv pytorch/${FLAVOR}/linux-x86_64 /opt/vedette/natives \
 && jar xf /opt/vedette/lib/main/ai.djl.pytorch.pytorch-jni-${PYTORCH}-${DJL}.jar jnilib/linux-x86_64/${FLAVOR} \
 && mkdir -p /opt/vedette/djl/pytorch/${PYTORCH}-${FLAVOR}-linux-x86_64 \
 && mv jnilib/linux-x86_64/${FLAVOR}/libdjl_torch.so /opt/vedette/djl/pytorch/${PYTORCH}-${FLAVOR}-linux-x86_64/${DJL}-libdjl_torch.so \
 && jar cfM /opt/vedette/lib/main/ai.djl.pytorch.pytorch-native-${FLAVOR}-${PYTORCH}-linux-x86_64.jar META-INF native \
 && jar xf /opt/vedette/lib/main/net.java.dev.jna.jna-*.jar com/sun/jna/linux-x86-64/libjnidispatch.so \
 && mv com/sun/jna/linux-x86-64/libjnidispatch.so /opt/vedette/djl/ \
 && mkdir /opt/vedette/driver \
 && if [ "${FLAVOR}" != cpu ]; then cd /opt/vedette/natives && ln -s libcudart-*.so.12 libcudart.so && mv libcaffe2_nvrtc.so /opt/vedette/driver/; fi


FROM eclipse-temurin:17-jre

ARG SERVICE
ARG FLAVOR=cpu
ARG PYTORCH=2.5.1

RUN groupadd --gid 10001 vedette \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin vedette \
 && mkdir /scratch && chown vedette:vedette /scratch

COPY --from=unpacked /opt/vedette/natives/ /opt/vedette/natives/
COPY --from=unpacked /opt/vedette/driver/ /opt/vedette/driver/
COPY --from=unpacked /opt/vedette/djl/ /opt/vedette/djl/
COPY --from=unpacked /opt/vedette/lib/ /opt/vedette/lib/
COPY --from=unpacked /opt/vedette/quarkus/ /opt/vedette/quarkus/
COPY --from=unpacked /opt/vedette/app/ /opt/vedette/app/
COPY --from=unpacked /opt/vedette/quarkus-run.jar /opt/vedette/

# PYTORCH_…: these natives and no others. OMP_…: PyTorch's threads sleep while they wait; spinning against a neighbour they
# are ten times slower. NVIDIA_…: what the container runtime brings in with a GPU
# that was asked for; which one it says itself, and none where none was.
ENV VEDETTE_HOST=0.0.0.0 \
    VEDETTE_MANAGEMENT_PORT=9180 \
    VEDETTE_LOG_JSON=true \
    PYTORCH_LIBRARY_PATH=/opt/vedette/natives \
    PYTORCH_FLAVOR=${FLAVOR} \
    PYTORCH_VERSION=${PYTORCH} \
    NVIDIA_TF32_OVERRIDE=0 \
    DJL_CACHE_DIR=/opt/vedette/djl \
    LD_LIBRARY_PATH=/opt/vedette/driver \
    OPT_OUT_TRACKING=true \
    OMP_WAIT_POLICY=PASSIVE \
    GOMP_SPINCOUNT=0 \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility

USER 10001:10001
WORKDIR /tmp
EXPOSE 8081 9180
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=10s --start-period=5m --retries=6 \
    CMD ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx16m", "-cp", "/opt/vedette/lib/main/*", "io.vedette.runtime.HealthProbe"]
# A quarter of the container's memory for Java's heap: most is PyTorch's, and a trainer has a second process of the same size.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=25", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Djava.awt.headless=true", "-Dai.djl.offline=true", "-Djna.boot.library.path=/opt/vedette/djl", "-jar", "/opt/vedette/quarkus-run.jar"]

# Last, since they change with every build: nothing above is made anew for them.
ARG VERSION=0.1.0
ARG REVISION=unknown
ARG CREATED=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="Vedette: ${SERVICE} (${FLAVOR})" \
      org.opencontainers.image.description="A service of Vedette, self-hosted visual inspection behind the Amazon Lookout for Vision API, with PyTorch (${FLAVOR})." \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.licenses="Apache-2.0"
