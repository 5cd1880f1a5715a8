package io.vedette.standalone;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersionCollection;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.ObjectSerializationCache;

/**
 * A broker as Apache Kafka 2.1 was, as far as a client comes that wants to create topics: it tells its versions of the
 * protocol, and has no topics. The real one does not start on the JDKs that Vedette runs on.
 */
final class OldBroker implements AutoCloseable {
    /** The newest version of each call that 2.1 knew (its ApiKeys). */
    private static final Map<ApiKeys, Integer> KNOWN = new TreeMap<>(Map.of(
            ApiKeys.PRODUCE, 7,
            ApiKeys.FETCH, 10,
            ApiKeys.LIST_OFFSETS, 4,
            ApiKeys.METADATA, 7,
            ApiKeys.FIND_COORDINATOR, 2,
            ApiKeys.API_VERSIONS, 2,
            ApiKeys.CREATE_TOPICS, 3,
            ApiKeys.DESCRIBE_CONFIGS, 2));

    private static final short UNSUPPORTED_VERSION = 35;

    private final ServerSocket listening;

    OldBroker() throws IOException {
        listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        thread(this::accept);
    }

    String address() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket caller = listening.accept();
                thread(() -> answer(caller));
            }
        } catch (IOException closed) {
            // by close()
        }
    }

    private void answer(Socket caller) {
        try (caller) {
            DataInputStream in = new DataInputStream(caller.getInputStream());
            DataOutputStream out = new DataOutputStream(caller.getOutputStream());
            while (true) {
                ByteBuffer request = ByteBuffer.wrap(in.readNBytes(in.readInt()));
                ApiKeys asked = ApiKeys.forId(request.getShort());
                short version = request.getShort();
                ByteBuffer answer = written(asked, version);
                out.writeInt(4 + answer.remaining());
                out.writeInt(request.getInt());
                out.write(answer.array(), 0, answer.remaining());
                out.flush();
            }
        } catch (IOException gone) {
            // the client has what it wanted
        }
    }

    private ByteBuffer written(ApiKeys asked, short version) {
        if (asked == ApiKeys.API_VERSIONS) {
            boolean known = version <= KNOWN.get(asked);
            return written(versions(known ? 0 : UNSUPPORTED_VERSION), known ? version : 0);
        }
        if (asked == ApiKeys.METADATA) {
            MetadataResponseData cluster =
                    new MetadataResponseData().setControllerId(1).setClusterId("old");
            cluster.brokers()
                    .add(new MetadataResponseData.MetadataResponseBroker()
                            .setNodeId(1)
                            .setHost("127.0.0.1")
                            .setPort(listening.getLocalPort()));
            return written(cluster, version);
        }
        throw new UncheckedIOException(new IOException("nobody was to ask for " + asked));
    }

    private static ApiVersionsResponseData versions(int error) {
        ApiVersionCollection versions = new ApiVersionCollection();
        KNOWN.forEach((key, newest) -> versions.add(
                new ApiVersion().setApiKey(key.id).setMinVersion((short) 0).setMaxVersion(newest.shortValue())));
        return new ApiVersionsResponseData().setErrorCode((short) error).setApiKeys(versions);
    }

    private static ByteBuffer written(Message message, int version) {
        ObjectSerializationCache cache = new ObjectSerializationCache();
        ByteBuffer buffer = ByteBuffer.allocate(message.size(cache, (short) version));
        message.write(new ByteBufferAccessor(buffer), cache, (short) version);
        return buffer.flip();
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "old-broker");
        thread.setDaemon(true);
        thread.start();
    }
}
