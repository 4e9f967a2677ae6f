import { createAlsLearner } from './als.ts';
import { describeLearner } from './contract.case.ts';

describeLearner('als', createAlsLearner, 1e-12);
