package io.vedette.runtime;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.stream.Collectors;

/** Settings as a service would read them. */
final class TestSettings {
    private TestSettings() {}

    /** @param values by the names below the prefix */
    static <T> T of(Class<T> settings, String prefix, Map<String, String> values) {
        Map<String, String> full = values.entrySet().stream()
                .collect(Collectors.toMap(entry -> prefix + entry.getKey(), Map.Entry::getValue));
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(full, "test", 100))
                .withMapping(settings)
                .build()
                .getConfigMapping(settings);
    }
}
