import type { JavaValue } from '../java/values';
import type { Renderer } from './renderer';
import type { Variables } from './variables';

/*
 * A parsed template is compiled into functions, one for each node, so that what a node is gets asked
 * once and not in every round of every loop. Each counts a step of the renderer, as it always did.
 */

/** Writes what a block or a statement renders. */
export type RenderBlock = (variables: Variables, renderer: Renderer) => void;

/** The value of an expression; null where Velocity has none, such as a division by zero. */
export type Evaluate = (variables: Variables, renderer: Renderer) => JavaValue;

/** Whether a condition holds. */
export type Test = (variables: Variables, renderer: Renderer) => boolean;
