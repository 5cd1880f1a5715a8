/**
 * Data sets: their REST operations, their entries, and the import of manifests in the background.
 * What a manifest line means is {@code common-model}'s; images are never read here.
 */
package io.vedette.api.dataset;
