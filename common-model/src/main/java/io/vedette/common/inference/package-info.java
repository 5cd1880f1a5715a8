/**
 * What the api and the inference service say to each other over HTTP: addresses, headers and answers. How a detection looks
 * to callers is the api's; how it is made, the inference service's.
 */
package io.vedette.common.inference;
