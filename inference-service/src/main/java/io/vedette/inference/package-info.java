/**
 * A cache of models that answers detections. It keeps no state of its own: the api names the model and all that matters for a
 * call with the call, so any replica can serve any model. Callers go before batches. Who may detect, and what callers are told, is the api's.
 */
package io.vedette.inference;
