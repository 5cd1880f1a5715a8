package io.vedette.inference;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** How much is kept in memory and how much is done at once. */
@ConfigMapping(prefix = "vedette.inference")
interface InferenceSettings {
    /** What every call must carry; the api is given the same. */
    String secret();

    /** Models in memory at most; the one that was not asked for the longest goes first. */
    @WithDefault("8")
    int mostModels();

    /** Memory of all models together at most; one model may always stay. */
    @WithDefault("2G")
    MemorySize mostBytes();

    /** What a model's frozen network takes of that, beside twice the model's own files. */
    @WithDefault("40M")
    MemorySize networkBytes();

    /** How many calls may wait for each inference unit of a model; the next one is refused. */
    @WithDefault("8")
    int queue();

    /** How many photographs are scored at once, whatever the models; each takes all of PyTorch's threads. */
    @WithDefault("1")
    int lanes();

    /** Where a model's files lie while it is read. */
    @WithDefault("${java.io.tmpdir}")
    Path scratch();
}
