import type { JavaValue } from '../java/values';
import type { Renderer } from './renderer';
import type { Variables } from './variables';

/*
 * A parsed template is compiled into functions, one for each node, so that the type of a node is
 * checked once instead of in every iteration of every loop. Each function counts steps of the
 * renderer for its node.
 */

/** Renders a block or a statement. */
export type RenderBlock = (variables: Variables, renderer: Renderer) => void;

/** Evaluates an expression; null if it has no value in Velocity, such as a division by zero. */
export type Evaluate = (variables: Variables, renderer: Renderer) => JavaValue;

/** Evaluates a condition. */
export type Test = (variables: Variables, renderer: Renderer) => boolean;
