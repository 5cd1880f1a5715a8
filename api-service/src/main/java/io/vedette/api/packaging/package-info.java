/**
 * Packaging jobs for edge devices: their three operations, as long as there is no packaging. Nothing here packages.
 */
package io.vedette.api.packaging;
