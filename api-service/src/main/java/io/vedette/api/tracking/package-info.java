/**
 * Where every model in training stands: run events become states, ticks drive the lease clock, and what a lost worker
 * held is handed out again. Nothing here speaks HTTP, and only this package ends a model in TRAINING_FAILED.
 */
package io.vedette.api.tracking;
