package io.vedette.trainer;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vedette.runtime.S3Settings;
import io.vedette.runtime.WorkerSettings;
import org.eclipse.microprofile.config.spi.Converter;

/** The settings of a process that the trainer starts: the environment's and the JVM's, read as the trainer reads them. */
final class ProcessSettings {
    private ProcessSettings() {}

    static SmallRyeConfig read() {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDefaultSources()
                // "10s" and "2G", as the service reads them
                .withConverters(new Converter<?>[] {new DurationConverter(), new MemorySizeConverter()})
                .withMapping(S3Settings.class)
                .withMapping(WorkerSettings.class)
                .withMapping(LearningSettings.class)
                .withValidateUnknown(false)
                .build();
    }
}
