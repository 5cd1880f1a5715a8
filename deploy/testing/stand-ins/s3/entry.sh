set -euo pipefail
export VEDETTE_S3_ACCESS_KEY_ID="$AWS_ACCESS_KEY_ID" VEDETTE_S3_SECRET_ACCESS_KEY="$AWS_SECRET_ACCESS_KEY"
exec java -Xmx256m -cp "/opt/vedette/vedette-standalone.jar:/opt/vedette/lib/*" -Dvedette.log=WARN \
    io.vedette.standalone.objectstore.S3Server http://0.0.0.0:8333 /data
