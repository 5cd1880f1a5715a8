package io.vedette.runtime;

import io.vedette.common.CannotStart;
import io.vedette.common.event.Topic;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/** The topics as they are on the broker: under the configured prefix, created where missing, never altered. */
@Singleton
public final class Topics {
    private static final Logger LOG = Logger.getLogger(Topics.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final KafkaSettings settings;
    private final Map<String, Object> connection;

    /** @throws CannotStart if the settings cannot be used, with a sentence for people */
    public Topics(KafkaSettings settings) {
        this.settings = settings;
        this.connection = connection(settings);
    }

    private static Map<String, Object> connection(KafkaSettings settings) {
        try {
            return KafkaConnection.of(settings);
        } catch (IllegalArgumentException unusable) {
            throw new CannotStart(unusable.getMessage(), unusable);
        }
    }

    /** The topic's name on the broker. */
    public String name(Topic topic) {
        return prefixed(topic.suffix());
    }

    /** A topic or consumer group name with the configured prefix before it. */
    public String prefixed(String name) {
        return settings.topicPrefix().orElse("") + name;
    }

    /**
     * Creates the topics that are missing, and warns once of each that differs from what it should be.
     *
     * @throws KafkaException if the broker does not answer within 20 s, or refuses; worth trying again
     */
    public void ensure() {
        try (Admin admin = admin()) {
            Map<String, TopicDescription> existing = described(admin);
            create(
                    admin,
                    Arrays.stream(Topic.values())
                            .filter(topic -> !existing.containsKey(name(topic)))
                            .toList());
            check(admin, existing);
        } catch (KafkaException failure) {
            throw KafkaTrouble.explained(failure, settings.bootstrapServers());
        }
    }

    /** A connection for questions and orders that take 20 s at most. */
    Admin admin() {
        Map<String, Object> properties = new HashMap<>(connection);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis() / 2);
        return Admin.create(properties);
    }

    private Map<String, TopicDescription> described(Admin admin) {
        List<String> names = Arrays.stream(Topic.values()).map(this::name).toList();
        var present = wait(admin.listTopics().names());
        return wait(
                admin.describeTopics(names.stream().filter(present::contains).toList())
                        .allTopicNames());
    }

    private void create(Admin admin, List<Topic> missing) {
        var created = admin.createTopics(missing.stream().map(this::blueprint).toList());
        for (Topic topic : missing) {
            try {
                wait(created.values().get(name(topic)));
                LOG.infof("created topic=%s partitions=%d", name(topic), topic.partitions());
            } catch (TopicExistsException raced) {
                LOG.debugf("topic=%s was created by another service", name(topic));
            }
        }
    }

    private NewTopic blueprint(Topic topic) {
        Optional<Short> replicas =
                settings.replicationFactor() < 1 ? Optional.empty() : Optional.of(settings.replicationFactor());
        return new NewTopic(name(topic), Optional.of(topic.partitions()), replicas).configs(wanted(topic));
    }

    static Map<String, String> wanted(Topic topic) {
        Map<String, String> wanted = new TreeMap<>();
        wanted.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        wanted.put(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                topic.retention().isPresent() ? TopicConfig.CLEANUP_POLICY_DELETE : TopicConfig.CLEANUP_POLICY_COMPACT);
        topic.retention()
                .ifPresent(kept -> wanted.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(kept.toMillis())));
        return wanted;
    }

    private void check(Admin admin, Map<String, TopicDescription> existing) {
        Map<ConfigResource, Config> configs = wait(admin.describeConfigs(existing.keySet().stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList())
                .all());
        Map<String, Config> byName = configs.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue));
        for (Topic topic : Topic.values()) {
            TopicDescription description = existing.get(name(topic));
            if (description != null) {
                Config config = byName.get(name(topic));
                List<String> differences = differences(
                        topic,
                        description.partitions().size(),
                        key -> config.get(key).value());
                if (!differences.isEmpty()) {
                    LOG.warnf("kept topic=%s although it differs: %s", name(topic), String.join(", ", differences));
                }
            }
        }
    }

    /** What is not as it should be, as {@code NAME is X, not Y}. */
    static List<String> differences(Topic topic, int partitions, Function<String, String> actual) {
        List<String> differences = new ArrayList<>();
        if (partitions != topic.partitions()) {
            differences.add("partitions is " + partitions + ", not " + topic.partitions());
        }
        wanted(topic).forEach((key, value) -> {
            if (!value.equals(actual.apply(key))) {
                differences.add(key + " is " + actual.apply(key) + ", not " + value);
            }
        });
        return differences;
    }

    /** @throws KafkaException if the broker does not answer within 20 s, or refuses */
    static <T> T wait(KafkaFuture<T> answer) {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof KafkaException refused ? refused : new KafkaException(failure);
        } catch (TimeoutException silence) {
            throw new KafkaException("the broker did not answer in " + PATIENCE.toSeconds() + " s", silence);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", stopped);
        }
    }
}
