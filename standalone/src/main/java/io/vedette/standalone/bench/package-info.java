/** Measures learners on folders of images, by a program of the learning code in a process of its own, and shows the figures. */
package io.vedette.standalone.bench;
