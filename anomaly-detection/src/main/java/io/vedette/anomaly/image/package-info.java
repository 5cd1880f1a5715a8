/** From a file to the pixels that a network gets: checked before anything is decoded, brought to one size. Messages of refused files are safe for the caller. */
package io.vedette.anomaly.image;
