package io.hodei.pipelines.entity;

/**
 * The edges of one pipeline, by position of the step in {@link Pipeline#steps()}. Built only from
 * graphs without cycles.
 *
 * @param childrenFrom where the children of step {@code i} begin in {@code children}; one longer
 *     than there are steps
 * @param children the steps that depend on a step, one after the other
 * @param dependencies how many steps each depends on
 * @param order all steps, each after what it depends on
 */
@SuppressWarnings("ArrayRecordComponent")
public record Graph(int[] childrenFrom, int[] children, int[] dependencies, int[] order) {}
