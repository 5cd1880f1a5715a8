package io.vedette.api.batch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How large a batch may be, and in what steps it goes on. */
@ConfigMapping(prefix = "vedette.batch")
interface BatchSettings {
    /** A batch of more images is refused. */
    @WithDefault("100000")
    int mostImages();

    /** So many images are scored again at most when a worker is lost. */
    @WithDefault("100")
    int partImages();
}
