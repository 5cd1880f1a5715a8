/**
 * Checks of data sets before a training: what is asked, how far it is, what was found. Images are looked at by the
 * inference service; here is only what it said of each, and what follows from comparing them.
 */
package io.vedette.api.check;
