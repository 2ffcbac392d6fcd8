import { AutoScroller, Feedback, StyleSheetManager } from '@dnd-kit/dom'

/**
 * The content security policy allows no style element made by a script: what the library would inject stands in
 * `drag.css`, and its plugins for the cursor and for selection are two rules there.
 */
StyleSheetManager.prototype.register = () => () => undefined

/**
 * Without the library's accessibility plugin: cards are buttons with a keyboard path of their own (arrows, moves, the
 * move menu), and its English instructions would be read out beside them.
 */
export const dragPlugins = [AutoScroller, Feedback]
