/** Made-up inspection photographs of a printed circuit board, the same for the same seed. Nothing here knows about Vedette. */
package io.vedette.standalone.sample;
