/**
 * Hosting and detection: what callers want hosted, the reconciler that brings it about, and the calls that detect. Models are
 * held and photographs scored by the inference service, which is asked over HTTP and keeps nothing of its own.
 */
package io.vedette.api.hosting;
