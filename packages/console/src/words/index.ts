/** From the words of the product to sentences on the screen. */
export { exposureSentence, exposureShort } from './exposure.ts';
export { boundsText, changeText, type Figure, measureText, shareText, waitText } from './figure.ts';
export { type LocalCode, problemSentence } from './problem.ts';
export { actorWords, listWords, roleWord, takesRoles } from './role.ts';
export {
  capital,
  counted,
  DECIDED,
  DecisionBadge,
  laneWords,
  ShadowBadge,
  STATES,
  StateBadge,
  StoppedBadge,
} from './state.tsx';
