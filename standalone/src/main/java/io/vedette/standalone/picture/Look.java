package io.vedette.standalone.picture;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A verdict with where the model saw something.
 *
 * @param heat a grey picture that covers the whole image: black is normal, middle grey the level from which an image is
 *     anomalous
 * @param mask the defects as people drew them, white or transparent elsewhere
 */
public record Look(Verdict verdict, Optional<Path> heat, Optional<Path> mask) {}
