set -euo pipefail
# KAFKA_LOG_DIRS=x is log.dirs=x; a heap is no setting of the broker's
env | sed -n 's/^KAFKA_//p' | grep -v '^HEAP_OPTS=' | while IFS='=' read -r name value; do
    echo "$(tr 'A-Z_' 'a-z.' <<<"$name")=$value"
done >/tmp/broker.properties
exec java ${KAFKA_HEAP_OPTS:-} -cp "/opt/kafka/vedette/vedette-standalone.jar:/opt/kafka/vedette/lib/*" -Dvedette.log=WARN \
    io.vedette.standalone.broker.KafkaBroker /tmp/broker.properties
